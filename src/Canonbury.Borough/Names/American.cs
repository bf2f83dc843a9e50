namespace Canonbury.Borough.Names;

/// <summary>Names as in Latin America.</summary>
internal static class American
{
    public static IReadOnlyList<Origin> Origins { get; } =
    [
        Names.Origins.Of("Colombian", 22, "S", "es",
            "Luz María Sandra Claudia Diana Paola Andrea Carolina Liliana Gloria Adriana Marcela Catalina Juliana Daniela Valentina Camila "
            + "Natalia Ángela Yolanda Esperanza Blanca Isabella Manuela Ximena",
            "Carlos Juan Jorge Luis Andrés Jhon Diego Felipe Camilo Santiago Sebastián Julián Óscar Fernando Mauricio Hernán Édgar Jaime "
            + "Gustavo Wilson Fabián Mateo Nicolás Germán Álvaro",
            "Rodríguez Gómez González Martínez García López Hernández Sánchez Ramírez Pérez Díaz Muñoz Rojas Moreno Vargas Castro Jiménez "
            + "Ortiz Restrepo Giraldo Cárdenas Ospina Quintero Valencia Arango"),
        Names.Origins.Of("Brazilian", 14, "S", "pt",
            "Ana Maria Juliana Fernanda Camila Patrícia Aline Bruna Larissa Beatriz Letícia Mariana Gabriela Luciana Renata Vanessa Débora Tatiane "
            + "Priscila Simone Flávia Cláudia Rafaela Luana Conceição",
            "João José Carlos Paulo Pedro Lucas Marcos Luiz Gabriel Rafael Felipe Bruno Rodrigo Eduardo Gustavo Thiago Leandro Fábio Márcio "
            + "Vinícius André Leonardo Sérgio Diego Caio",
            "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes Soares "
            + "Fernandes Vieira Barbosa Rocha Dias Nascimento Araújo Moreira"),
    ];
}
