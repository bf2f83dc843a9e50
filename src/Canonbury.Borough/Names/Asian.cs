namespace Canonbury.Borough.Names;

/// <summary>Names as in South and East Asia, in the spellings that British records use.</summary>
internal static class Asian
{
    public static IReadOnlyList<Origin> Origins { get; } =
    [
        Names.Origins.Of("Bangladeshi", 48, "K", "bn",
            "Fatima Ayesha Nasima Rahima Shahida Rukhsana Salma Sultana Jahanara Halima Sabina Taslima Nazma Rehana Khadija Maryam Anika Tahmina "
            + "Farzana Shirin Monira Amina Hasina Rabeya Sumaiya Laila Momtaz Ruksana",
            "Mohammed Abdul Md Shahid Kamal Rahim Jamal Rafiqul Nurul Anwar Faruk Habibur Mizanur Shafiqul Aminul Tariq Imran Sayed Zahid "
            + "Mahbub Shamim Foysal Rashed Ibrahim Yusuf Ashraf Delwar Syed",
            "Begum Rahman Ahmed Uddin Hussain Islam Khatun Miah Ali Khan Chowdhury Hossain Alam Hoque Choudhury Akter Bibi Haque Sarkar "
            + "Karim Bhuiyan Talukdar Mia Siddique Kabir Ullah"),
        Names.Origins.Of("Indian", 26, "H", "gu",
            "Priya Anjali Meera Nisha Sunita Kavita Rekha Pooja Neha Deepa Lakshmi Radha Asha Usha Shreya Divya Jyoti Anita Geeta Leela Manju "
            + "Harpreet Simran Ritu Kiran",
            "Raj Amit Sanjay Vijay Rahul Anil Suresh Ravi Arjun Ashok Nikhil Vikram Rohan Deepak Manish Kiran Dinesh Harish Gurpreet Jaspal "
            + "Krishna Mahesh Naveen Pankaj Sunil",
            "Patel Shah Singh Kaur Sharma Mehta Desai Gupta Joshi Kumar Reddy Nair Iyer Rao Chopra Kapoor Malhotra Bhatt Mistry Parmar "
            + "Chauhan Solanki Menon Pillai Banerjee"),
        Names.Origins.Of("Pakistani", 12, "J", "ur",
            "Aisha Sana Saima Nadia Shazia Rabia Hina Bushra Farah Samina Zainab Iqra Mehwish Uzma Noreen Shabana Tayyaba Asma Kiran Yasmin "
            + "Sobia Lubna Naila Rukhsar Nighat",
            "Muhammad Ali Usman Bilal Imran Asif Kashif Nadeem Tariq Waqas Adnan Faisal Hamza Shahzad Zubair Arshad Khalid Naveed Saqib Junaid "
            + "Rizwan Irfan Yasir Zeeshan Haroon",
            "Khan Ahmed Hussain Malik Iqbal Butt Mahmood Akhtar Sheikh Raja Mirza Chaudhry Qureshi Javed Aslam Rashid Bhatti Ashraf Nawaz "
            + "Siddiqui Hashmi Awan Shaikh Anjum Abbasi"),
        Names.Origins.Of("Chinese", 28, "R", "zh",
            "Mei Li Xiu Ying Hui Yan Fang Na Jing Xin Lan Min Hong Wei Yun Ling Jia Qian Shu Yi Pui Siu Wai Mei-Ling Xiaoyan",
            "Wei Jun Ming Jian Hao Lei Yong Bin Feng Chao Tao Peng Gang Kai Yang Bo Zhi Cheng Kwok Chi Wing Ho Siu-Ming Jianguo Zihao",
            "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Chan Wong Lam Cheung Lee Ng Leung Tang Xu Sun Ho Lau Yip Ma Zhu"),
        Names.Origins.Of("Vietnamese", 8, "L", "vi",
            "Thi Lan Hoa Huong Linh Mai Thu Nga Phuong Trang Anh Ngoc Hang Dung Thao Yen Kim Hanh Tuyet Bich Loan Nhung Quynh Xuan Van",
            "Minh Hung Tuan Dung Hai Nam Quang Duc Long Thanh Khanh Son Phong Cuong Hieu Tien Vinh Bao Trung Dat Huy Khoa Phuc Tam Viet",
            "Nguyen Tran Le Pham Hoang Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Dinh Truong Lam Mai To Trinh Cao Luong Ha"),
    ];
}
